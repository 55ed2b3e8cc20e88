# What the assistant is doing, as people read and hear it.

stage-ready = Ready
stage-listening = Listening…
stage-thinking = Thinking…
stage-speaking = Speaking
stage-trouble = Trouble
