"""What reads bytes of other programs, given whatever bytes lead to new places in it; `./dev fuzz` goes on for long."""
