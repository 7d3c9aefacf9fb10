"""`python -m sandbox` is the same as `caruman`."""

try:
    from sandbox.cli import main
except KeyboardInterrupt:  # to import all of it takes a while
    raise SystemExit(130) from None

raise SystemExit(main())
