"""The long form `./dev package-test`: packages as an administrator meets them, in Debians made for it."""
