// Command gitops-view shows Kubernetes objects as GitOps tools see them: their status according to
// kstatus, the library of Flux, their health and actions according to Lua scripts for Argo CD, and
// the result of the conditions of a resource template of Argo Workflows.
// It reads an object or a list of objects as JSON from standard input, and writes a JSON array with
// one result for each object to standard output.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
)

const usage = `usage:
  gitops-view kstatus                  the status of the objects
  gitops-view health ARGOCD_CM         the health of the objects, with the scripts of this ConfigMap
  gitops-view actions ARGOCD_CM        the names of the actions that are enabled
  gitops-view action ARGOCD_CM NAME    the objects after this action
  gitops-view resource SUCCESS FAILURE what a resource template with these conditions does`

// A view computes what a tool shows for an object.
type view func(*unstructured.Unstructured) (any, error)

// An evaluation is the status or the health of an object.
type evaluation struct {
	Name    string `json:"name"`
	Status  string `json:"status"`
	Message string `json:"message"`
}

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string, in io.Reader, out io.Writer) error {
	show, err := selectView(args)
	if err != nil {
		return err
	}
	objects, err := read(in)
	if err != nil {
		return err
	}
	results := []any{}
	for _, object := range objects {
		result, err := show(object)
		if err != nil {
			return fmt.Errorf("%s: %w", object.GetName(), err)
		}
		results = append(results, result)
	}
	return json.NewEncoder(out).Encode(results)
}

func selectView(args []string) (view, error) {
	if len(args) == 1 && args[0] == "kstatus" {
		return kstatus, nil
	}
	if len(args) == 3 && args[0] == "resource" {
		return parseConditions(args[1], args[2])
	}
	if len(args) < 2 {
		return nil, errors.New(usage)
	}
	scripts, err := readScripts(args[1])
	switch {
	case err != nil:
		return nil, err
	case len(args) == 2 && args[0] == "health":
		return scripts.health, nil
	case len(args) == 2 && args[0] == "actions":
		return scripts.enabledActions, nil
	case len(args) == 3 && args[0] == "action":
		return func(object *unstructured.Unstructured) (any, error) {
			return scripts.act(args[2], object)
		}, nil
	}
	return nil, errors.New(usage)
}

func read(in io.Reader) ([]*unstructured.Unstructured, error) {
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	object := &unstructured.Unstructured{}
	if err := object.UnmarshalJSON(data); err != nil {
		return nil, err
	}
	if !object.IsList() {
		return []*unstructured.Unstructured{object}, nil
	}
	var objects []*unstructured.Unstructured
	err = object.EachListItem(func(item runtime.Object) error {
		objects = append(objects, item.(*unstructured.Unstructured))
		return nil
	})
	return objects, err
}

func kstatus(object *unstructured.Unstructured) (any, error) {
	result, err := status.Compute(object)
	if err != nil {
		return nil, err
	}
	return evaluation{object.GetName(), result.Status.String(), result.Message}, nil
}
