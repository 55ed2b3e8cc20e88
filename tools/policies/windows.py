"""Administrative templates for Windows: what stands in an ADMX file, and its words in an ADML file.

A list is a key with values 1, 2, 3, … as the group policy editor writes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from tools.policies.table import Row, Table

RECOMMENDED = "Recommended"
"""Key below the registry's, and category, of what is only a default."""
_SCHEMA = (
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"'
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A policy as it stands in one of the two trees."""

    row: Row
    recommended: bool

    @property
    def id(self) -> str:
        return self.row.name + (f"_{RECOMMENDED}" if self.recommended else "")

    @property
    def category(self) -> str:
        return RECOMMENDED if self.recommended else self.row.category


def _entries(table: Table) -> list[_Entry]:
    recommended = [_Entry(row, recommended=True) for row in table.rows if row.may_be_recommended]
    return [_Entry(row, recommended=False) for row in table.rows] + recommended


def admx(table: Table) -> str:
    """The definitions."""
    prefix = table.name.lower()
    categories = "\n".join(
        f'    <category name="{one}" displayName="$(string.Category_{one})"><parentCategory ref="Root"/></category>'
        for one in (*table.categories, RECOMMENDED)
    )
    policies = "\n".join(_policy(entry, table) for entry in _entries(table))
    return f"""<?xml version="1.0" encoding="utf-8"?>
<policyDefinitions {_SCHEMA} revision="{table.revision}" schemaVersion="1.0">
  <policyNamespaces>
    <target prefix="{prefix}" namespace="{table.vendor}.Policies.{table.name}"/>
    <using prefix="windows" namespace="Microsoft.Policies.Windows"/>
  </policyNamespaces>
  <resources minRequiredRevision="{table.revision}"/>
  <supportedOn>
    <definitions>
      <definition name="Supported" displayName="$(string.Supported)"/>
    </definitions>
  </supportedOn>
  <categories>
    <category name="Root" displayName="$(string.Root)"/>
{categories}
  </categories>
  <policies>
{policies}
  </policies>
</policyDefinitions>
"""


def _policy(entry: _Entry, table: Table) -> str:
    row = entry.row
    key = rf"{table.registry}\{RECOMMENDED}" if entry.recommended else table.registry
    shown = f'displayName="$(string.{row.name})" explainText="$(string.{row.name}_Help)"'
    place = f'<parentCategory ref="{entry.category}"/><supportedOn ref="Supported"/>'
    if row.kind == "boolean":
        return (
            f'    <policy name="{entry.id}" class="Both" {shown} key={quoteattr(key)} valueName="{row.name}">{place}'
            '<enabledValue><decimal value="1"/></enabledValue><disabledValue><decimal value="0"/></disabledValue>'
            "</policy>"
        )
    return (
        f'    <policy name="{entry.id}" class="Both" {shown} key={quoteattr(key)}'
        f' presentation="$(presentation.{row.name})">{place}<elements>{_element(row, key)}</elements></policy>'
    )


def _element(row: Row, key: str) -> str:
    if row.kind == "integer":
        bounds = f'minValue="{row.low}" maxValue="{row.high}"'
        return f'<decimal id="{row.name}" valueName="{row.name}" {bounds} required="true"/>'
    if row.kind == "text":
        return f'<text id="{row.name}" valueName="{row.name}" maxLength="1024"/>'
    if row.kind == "list":
        own = quoteattr(rf"{key}\{row.name}")
        return f'<list id="{row.name}" key={own} valuePrefix=""/>'
    items = "".join(
        f'<item displayName="$(string.{row.name}_{one})"><value><string>{one}</string></value></item>'
        for one in row.choices
    )
    return f'<enum id="{row.name}" valueName="{row.name}" required="true">{items}</enum>'


def adml(table: Table) -> str:
    """Their words, in English."""
    strings = {"Root": table.name, "Supported": f"{table.name} 0.1.0 or later", f"Category_{RECOMMENDED}": "Defaults"}
    strings |= {f"Category_{one}": title for one, title in table.categories.items()}
    for row in table.rows:
        reserved = " Reserved; nothing is there yet to guard." if row.planned else ""
        strings |= {row.name: row.title, f"{row.name}_Help": f"{row.text}{reserved}"}
        strings |= {f"{row.name}_{one}": one for one in row.choices}
    words = "\n".join(f"      <string id={quoteattr(key)}>{escape(text)}</string>" for key, text in strings.items())
    forms = "\n".join(_presentation(row) for row in table.rows if row.kind != "boolean")
    return f"""<?xml version="1.0" encoding="utf-8"?>
<policyDefinitionResources {_SCHEMA} revision="{table.revision}" schemaVersion="1.0">
  <displayName/>
  <description/>
  <resources>
    <stringTable>
{words}
    </stringTable>
    <presentationTable>
{forms}
    </presentationTable>
  </resources>
</policyDefinitionResources>
"""


def _presentation(row: Row) -> str:
    title = escape(row.title)
    form = {
        "integer": f'<decimalTextBox refId="{row.name}" defaultValue="{row.example}">{title}</decimalTextBox>',
        "text": f'<textBox refId="{row.name}"><label>{title}</label></textBox>',
        "list": f'<listBox refId="{row.name}">{title}</listBox>',
        "choice": f'<dropdownList refId="{row.name}">{title}</dropdownList>',
    }[row.kind]
    return f'      <presentation id="{row.name}">{form}</presentation>'
