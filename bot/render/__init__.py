"""What every page and picture is drawn with; it knows neither the steps of the loop nor Discord."""
