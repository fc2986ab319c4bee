"""Where the addresses of this floor lead."""

urlpatterns = []
