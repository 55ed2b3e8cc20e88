; makensis -DVERSION=0.1.0 -DTREE=folder -DOUT=setup.exe sottovoce.nsi (under Linux as well)
; sottovoce-setup.exe [/S] [/NOAUTOSTART] [/D=folder] ; uninstall.exe [/S] ; per machine; nothing is started.
; Exit codes: 0 done, 1 cancelled, 2 failed, 3 a newer version is installed.
Unicode true
Target amd64-unicode
ManifestDPIAware true
SetCompressor /SOLID lzma
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WordFunc.nsh"
!define ID "Sottovoce"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
Name "Sottovoce ${VERSION}"
OutFile "${OUT}"
RequestExecutionLevel admin
InstallDir "$PROGRAMFILES64\Sottovoce"
InstallDirRegKey HKLM "Software\${ID}" "InstallDir"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Sottovoce"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Sottovoce Setup"
VIAddVersionKey "CompanyName" "The Sottovoce maintainers"
VIAddVersionKey "LegalCopyright" "Apache-2.0"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Function .onInit
  SetRegView 64
  ReadRegStr $0 HKLM "Software\${ID}" "Version"
  ${If} $0 != ""
    ${VersionCompare} $0 "${VERSION}" $1
    ${If} $1 == 1
      MessageBox MB_OK|MB_ICONSTOP "A newer version of Sottovoce ($0) is installed. Remove it first; your data stays." /SD IDOK
      SetErrorLevel 3
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Section
  SetRegView 64
  SetShellVarContext all
  SetOutPath "$INSTDIR"
  nsExec::Exec '"$INSTDIR\sottovoce.exe" quit' ; a running one lets its files go
  Pop $0
  RMDir /r "$INSTDIR\_internal" ; no module of an earlier version may be left among the new ones
  File /r "${TREE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKLM "Software\${ID}" "InstallDir" "$INSTDIR"
  WriteRegStr HKLM "Software\${ID}" "Version" "${VERSION}"
  CreateShortcut "$SMPROGRAMS\Sottovoce.lnk" "$INSTDIR\sottovoce-tray.exe"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/NOAUTOSTART" $1
  ${If} ${Errors}
    WriteRegStr HKLM "${RUN}" "${ID}" '"$INSTDIR\sottovoce-tray.exe"'
  ${Else}
    DeleteRegValue HKLM "${RUN}" "${ID}"
  ${EndIf}
  WriteRegStr HKLM "${UNINSTALL}" "DisplayName" "Sottovoce"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayIcon" "$INSTDIR\sottovoce-tray.exe"
  WriteRegStr HKLM "${UNINSTALL}" "Publisher" "The Sottovoce maintainers"
  WriteRegStr HKLM "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL}" "NoRepair" 1
SectionEnd

Function un.onInit
  SetRegView 64
FunctionEnd

Section "Uninstall"
  SetRegView 64
  SetShellVarContext all
  nsExec::Exec '"$INSTDIR\sottovoce.exe" quit'
  Pop $0
  Delete "$SMPROGRAMS\Sottovoce.lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\sottovoce.exe"
  Delete "$INSTDIR\sottovoce-tray.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegValue HKLM "${RUN}" "${ID}"
  DeleteRegKey HKLM "${UNINSTALL}"
  DeleteRegKey HKLM "Software\${ID}"
  ; Software\Policies\Sottovoce belongs to Group Policy, %LOCALAPPDATA%\sottovoce to the person: never touched
SectionEnd
