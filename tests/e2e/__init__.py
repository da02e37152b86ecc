"""The whole bot as its users meet it: `python -m bot` as a process, against the sandbox over HTTP."""
