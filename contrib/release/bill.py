"""The bill of materials of a release, in CycloneDX 1.6: what its core and each extra make users install."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import uuid

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from contrib.release.dependencies import CORE, PROJECT, Dependency

ASKED_BY = "gongkai:asked_by"
"""The property that says which extra, or the core, needs a component."""


class InvalidBillError(Exception):
    """Raised when the bill contradicts CycloneDX's schema, from its validator."""


def _component(of: Dependency) -> Component:
    return Component(
        name=of.name,
        version=of.version,
        bom_ref=f"{of.name}=={of.version}",
        purl=PackageURL("pypi", name=of.name, version=of.version),
        licenses=[LicenseFactory().make_from_string(of.licence)],
        scope=ComponentScope.REQUIRED if CORE in of.asked_by else ComponentScope.OPTIONAL,
        properties=[Property(name=ASKED_BY, value=each) for each in of.asked_by],
    )


def _project(version: str) -> Component:
    return Component(
        name=PROJECT,
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref=f"{PROJECT}=={version}",
        purl=PackageURL("pypi", name=PROJECT, version=version),
        licenses=[LicenseFactory().make_from_string("Apache-2.0")],
    )


def bill(of: list[Dependency], made: dt.datetime) -> str:
    """The bill as JSON: the same dependencies and time give the same text."""
    version = importlib.metadata.version(PROJECT)
    components = {each.name: _component(each) for each in of if each.is_shipped_with}
    project = _project(version)
    told = " ".join(f"{each.name}=={each.version}" for each in components.values())
    bom = Bom(
        components=components.values(),
        serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"{PROJECT}=={version} {made.isoformat()} {told}"),
        metadata=BomMetaData(component=project, timestamp=made),
    )
    bom.register_dependency(project, [each for each in components.values() if each.scope is ComponentScope.REQUIRED])
    for each in of:
        if each.name in components:
            needed = [components[name] for name in each.requires if name in components]
            bom.register_dependency(components[each.name], needed)
    text: str = JsonV1Dot6(bom).output_as_string(indent=2)
    if refused := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise InvalidBillError(str(refused))
    return text + "\n"
