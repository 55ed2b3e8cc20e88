"""How figures and steps are told to other programs: Prometheus's text, OpenTelemetry's spans; loaded when asked for."""
