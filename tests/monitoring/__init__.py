"""What `resources/monitoring` holds, tried; `./dev monitoring` tries it with Prometheus itself."""
