"""Home, navigation, calendar, dashboards."""
