# Wovon ein Ordner oder eine Datei ein Modell sein kann, mit Artikel, mitten im Satz („Der Ordner ist …“).

# en: 663b97eb
kind-moonshine = ein Modell von Moonshine
# en: 3254abc1
kind-vosk = ein Modell von Vosk
# en: 3ca3e230
kind-language-model = ein Sprachmodell (GGUF)
# en: cf5a2df7
kind-whisper = ein Modell von Whisper
# en: 9229027a
kind-piper = eine Stimme von Piper
# en: fe3f5b29
kind-deepspeech = ein Modell von DeepSpeech oder Coqui
# en: c31435eb
kind-moonshine-streaming = ein Modell von Moonshine der Art „streaming“
# en: b4d0ed6e
kind-moonshine-incomplete = ein Modell von Moonshine ohne seine tokens.txt
# en: dd0212f1
kind-moonshine-older = ein Modell von Moonshine der älteren Art
# en: c9712f01
kind-speakers = ein Modell, das Sprecher erkennt, nicht Wörter
# en: 82dbe4ed
kind-pocketsphinx = ein Modell von PocketSphinx
# en: a09364fc
kind-nemo = ein Modell von NeMo
# en: 5a5aed3f
kind-hugging-face = ein Modell von Hugging Face
# en: 21d4b43f
kind-sherpa = ein Modell für sherpa-onnx von einer Art, die nicht unterstützt wird
# en: da8ae094
kind-onnx = ein ONNX-Modell von unbekannter Art
# en: d5cc5fee
kind-archive = ein Archiv, das nicht entpackt ist
