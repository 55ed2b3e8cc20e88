# What a folder or a file may be a model of, with its article, for within a sentence ("The folder is …").

kind-moonshine = a Moonshine model
kind-vosk = a Vosk model
kind-language-model = a language model (GGUF)
kind-whisper = a Whisper model
kind-piper = a Piper voice
kind-deepspeech = a DeepSpeech or Coqui model
kind-moonshine-streaming = a Moonshine model of the streaming kind
kind-moonshine-incomplete = a Moonshine model without its tokens.txt
kind-moonshine-older = a Moonshine model of the older kind
kind-speakers = a model that recognises speakers, not words
kind-pocketsphinx = a PocketSphinx model
kind-nemo = a NeMo model
kind-hugging-face = a Hugging Face model
kind-sherpa = a model for sherpa-onnx of a kind that is not supported
kind-onnx = an ONNX model of a kind that is not known
kind-archive = an archive that is not unpacked
