package cli

// TestBackupsAreRestored (restore.txtar) compacts data in use and at rest.
