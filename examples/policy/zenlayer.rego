# The same facts for conftest or OPA:
#   cdktf-zenlayer review plan.json --format json > review.json
#   conftest test review.json --policy examples/policy --namespace zenlayer
# The shape of input.facts is docs/schemas/review-report.v2.json, $defs/facts.
package zenlayer

import rego.v1

deny contains message if {
	some alarm in input.facts.alarms
	alarm.effect in {"destroy", "replace", "erase"}
	message := sprintf("%s would %s a machine", [alarm.address, alarm.effect])
}

deny contains message if {
	some change in input.facts.changes
	change.charge in {"charged_now", "unknown"}
	change.price.charged_now == null
	message := sprintf("%s charges an unknown amount at once", [change.address])
}

deny contains message if {
	some change in input.facts.changes
	change.price.charged_now > 200
	message := sprintf("%s may charge %v %v at once", [change.address, change.price.charged_now, change.price.currency])
}

# Production machines are changed by the people on call alone.
deny contains message if {
	some change in input.facts.changes
	startswith(change.machine.name, "db-")
	message := sprintf("%s is a database", [change.machine.name])
}

deny contains message if {
	some item in input.facts.not_reviewable
	message := sprintf("%s cannot be reviewed: %s", [item.address, item.reason])
}

# A plan that failed or is incomplete has nothing to approve.
deny contains message if {
	some plan in input.facts.plans
	not plan.complete
	message := sprintf("the plan %s is incomplete", [plan.name])
}

warn contains message if {
	some change in input.facts.changes
	change.direction == "downgrade"
	message := sprintf("%s is downgraded from %v to %v", [change.machine.name, change.from, change.to])
}
