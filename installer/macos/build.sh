#!/bin/sh
# Makes Sottovoce-VERSION.pkg of build/tree/Sottovoce.app: signed, notarised, stapled. On macOS only.
#
#   installer/macos/build.sh VERSION OUT
#
# SIGN_APP and SIGN_PKG name identities in the keychain ("Developer ID Application: …", "Developer ID Installer: …");
# NOTARY_PROFILE names what `xcrun notarytool store-credentials` has kept. Without them the package is not signed,
# and macOS opens it only when told to.
set -eu
cd "$(dirname "$0")/../.."
version=$1 out=$2
app=build/tree/Sottovoce.app
entitlements=installer/macos/entitlements.plist

if [ -n "${SIGN_APP:-}" ]; then
  # From inside out: a folder's seal covers those of what it holds.
  find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' -o -name '*.dyld' \) -print0 |
    xargs -0 codesign --force --timestamp --options runtime --sign "$SIGN_APP"
  codesign --force --timestamp --options runtime --entitlements "$entitlements" --sign "$SIGN_APP" "$app"
  codesign --verify --deep --strict "$app"
fi

root=build/pkg-root
rm -rf "$root"
mkdir -p "$root/Applications" "$root/usr/local/bin"
cp -R "$app" "$root/Applications/"
ln -s /Applications/Sottovoce.app/Contents/MacOS/sottovoce "$root/usr/local/bin/sottovoce"
mkdir -p "$out"
set -- --root "$root" --identifier org.sottovoce.Sottovoce --version "$version" --install-location / --ownership recommended
[ -z "${SIGN_PKG:-}" ] || set -- "$@" --sign "$SIGN_PKG" --timestamp
pkgbuild "$@" "$out/Sottovoce-$version.pkg"

if [ -n "${NOTARY_PROFILE:-}" ]; then
  xcrun notarytool submit "$out/Sottovoce-$version.pkg" --keychain-profile "$NOTARY_PROFILE" --wait
  xcrun stapler staple "$out/Sottovoce-$version.pkg"
fi
