"""The verb `hindcast`."""
