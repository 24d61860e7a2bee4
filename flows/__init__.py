"""When and where: Prefect, the command line, disk, clock, environment, processes."""
