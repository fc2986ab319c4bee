"""Ground floor: what any audited web application stands on, one mechanism a file. Knows no word of the product."""
