"""How good summaries are, measured on labelled staff talk and on public data with human references."""
