"""Second floor: the plan, from its objectives to the board's decision."""
