"""What goes, when and why: by date, on request, and again in a copy that is older than the erasing."""
