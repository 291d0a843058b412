"""``python -m everyname``."""

from everyname.cli import main

if __name__ == "__main__":
    main()
