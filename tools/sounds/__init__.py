"""The short sounds that ship, made from nothing."""
