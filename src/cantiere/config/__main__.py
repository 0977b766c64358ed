"""The command line: ``cantiere serve | worker | tick | backup | restore | places | demo | …``.

Each word is a Django management command of the same name, in the room whose business it is.
"""

import os
import sys

from cantiere.config.environment import UnsafeConfigurationError


def main(arguments: list[str] | None = None) -> None:
    """Run a command; a configuration that must not be used ends in one plain sentence."""
    os.umask(0o027)  # what the installation keeps is for its own account alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cantiere.config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["cantiere", *(sys.argv[1:] if arguments is None else arguments)])
    except (UnsafeConfigurationError, ImproperlyConfigured) as refused:
        sys.exit(f"Cantiere does not start: {refused}")


if __name__ == "__main__":
    main()
