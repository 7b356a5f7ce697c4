// The custom resources that files in kubernetes/examples are of, from the Go modules of their
// projects. Nothing is compiled: fetch brings the modules, go.sum says that they are these.
module dev.enclavemetrics/crds

go 1.26.0

require (
	github.com/kedacore/keda/v2 v2.21.0
	github.com/prometheus-operator/prometheus-operator v0.85.0
)
