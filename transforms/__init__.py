"""What happens: pure stages, tables in, tables out; no Prefect, no disk, no clock."""
