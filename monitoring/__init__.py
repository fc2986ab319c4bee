"""Top floor: how it goes, and what each person sees first."""
