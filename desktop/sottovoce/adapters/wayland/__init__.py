"""A client of Wayland for the one thing that Qt can't show there: a surface that takes neither place nor keyboard."""
