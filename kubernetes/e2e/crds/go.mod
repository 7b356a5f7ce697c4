// The definitions of the custom resources in kubernetes/examples, from the Go modules of their projects.
// Nothing is compiled: fetch downloads the modules, and go.sum has their checksums.
module dev.enclavemetrics/crds

go 1.26.0

require (
	github.com/kedacore/keda/v2 v2.21.0
	github.com/prometheus-operator/prometheus-operator v0.85.0
)
