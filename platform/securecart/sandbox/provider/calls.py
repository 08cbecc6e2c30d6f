"""Carries out the steps of a declaration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from botocore.model import Shape

from securecart.sandbox.provider.clients import ServiceCalls
from securecart.sandbox.provider.failures import AwsCallError
from securecart.sandbox.provider.template import expand_params, look, search
from securecart.sandbox.types.vocabulary import Call, Scope, Step


def wanted(call: Call, scope: Scope) -> bool:
    """Return whether a call's conditions hold."""
    refused = bool(call.unless) and bool(look(scope, call.unless))
    return not refused and (not call.when or bool(look(scope, call.when)))


def make(service: ServiceCalls, call: Call, scope: Scope) -> dict[str, object]:
    """Make a call and return its answer; {} when its conditions do not hold.

    Raises:
        AwsCallError: AWS refused it, or reported a failure inside its answer.
    """
    if not wanted(call, scope):
        return {}
    answer = service.call(call.operation, expand_params(call.params, scope, _input(service, call)))
    told = search(call.fails, answer, scope) if call.fails else None
    if told:
        raise AwsCallError(call.operation, "Unsuccessful", str(told), account=service.account, region=service.region)
    return answer


def run(service: ServiceCalls, steps: Iterable[Step], scope: Mapping[str, object]) -> None:
    """Carry out steps in order.

    Raises:
        AwsCallError: AWS refused one; the later ones are not tried.
    """
    for step in steps:
        if isinstance(step, Call):
            make(service, step, scope)
        else:
            step(service, scope)


def _input(service: ServiceCalls, call: Call) -> Shape | None:
    return service.model(call.operation).input_shape
