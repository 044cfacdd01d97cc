"""What the tests stand on: databases, a browser, an office suite, a live kiosk."""
