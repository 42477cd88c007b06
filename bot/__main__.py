"""The composition root: ``python -m bot``, which does the same as the script ``ward-to-board``."""

from bot.cli import main

if __name__ == "__main__":
    main()
