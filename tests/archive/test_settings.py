"""Settings from the environment."""

from __future__ import annotations

import ast
import inspect

import pytest

from gongkai.archive import settings
from gongkai.archive.settings import s3_settings
from gongkai.archive.store import RootUnusableError


def test_defaults_are_amazons() -> None:
    found = s3_settings({})
    assert (found.endpoint, found.use_ssl, found.region) == ("s3.amazonaws.com", True, "us-east-1")
    assert found.access_key is None


def test_our_endpoint_goes_before_amazons_variable() -> None:
    both = {"GONGKAI_S3_ENDPOINT": "http://127.0.0.1:8333/", "AWS_ENDPOINT_URL": "https://other.example.com"}
    assert (s3_settings(both).endpoint, s3_settings(both).use_ssl) == ("127.0.0.1:8333", False)
    del both["GONGKAI_S3_ENDPOINT"]
    assert (s3_settings(both).endpoint, s3_settings(both).use_ssl) == ("other.example.com", True)


def test_an_empty_variable_is_an_absent_one() -> None:
    found = s3_settings({"AWS_REGION": "", "AWS_DEFAULT_REGION": "cn-north-1", "GONGKAI_S3_ENDPOINT": ""})
    assert found.region == "cn-north-1"


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"GONGKAI_S3_ENDPOINT": "127.0.0.1:8333"}, "GONGKAI_S3_ENDPOINT"),
        ({"GONGKAI_S3_ENDPOINT": "http://host/minio"}, "GONGKAI_S3_ENDPOINT"),
        ({"AWS_ACCESS_KEY_ID": "a"}, "AWS_SECRET_ACCESS_KEY"),
        ({"GONGKAI_S3_TIMEOUT": "soon"}, "GONGKAI_S3_TIMEOUT"),
        ({"GONGKAI_S3_ATTEMPTS": "0"}, "GONGKAI_S3_ATTEMPTS"),
    ],
)
def test_nonsense_is_named(variables: dict[str, str], named: str) -> None:
    with pytest.raises(RootUnusableError, match=named):
        s3_settings(variables)


def test_every_variable_read_is_declared_and_documented() -> None:
    source = ast.parse(inspect.getsource(settings))
    calls = [node for node in ast.walk(source) if isinstance(node, ast.Call)]
    read = {
        argument.value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "get"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    }
    assert read | set(settings._OF_COPY) == set(settings.VARIABLES)
    assert settings.__doc__
    for name in settings.VARIABLES:
        assert f"| ``{name}`` |" in settings.__doc__
