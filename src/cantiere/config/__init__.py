"""Where the house is put together: settings, addresses, servers, the command line."""

from cantiere.foundation.core.sqlite.engine import use_bundled_sqlite

use_bundled_sqlite()
