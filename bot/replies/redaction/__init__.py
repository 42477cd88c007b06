"""Identifiers of people are found in what somebody wrote and taken out before anything is stored."""
