"""The desk: a ledger read, checked and corrected in the browser, and the same over HTTP. It is the extra `web`."""
