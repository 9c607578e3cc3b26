package main

import (
	"github.com/tidwall/gjson"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
)

// The fields of an object, as Argo Workflows evaluates label selectors on them.
type fields []byte

func (f fields) Has(path string) bool { return gjson.GetBytes(f, path).Exists() }

func (f fields) Get(path string) string { return gjson.GetBytes(f, path).String() }

func (f fields) Lookup(path string) (string, bool) { return f.Get(path), f.Has(path) }

// parseConditions returns a view that tells whether a resource template succeeds, fails, or waits.
// It fails if one part of the failure condition matches, and succeeds if all parts of the success
// condition match.
func parseConditions(success, failure string) (view, error) {
	successes, err := requirements(success)
	if err != nil {
		return nil, err
	}
	failures, err := requirements(failure)
	if err != nil {
		return nil, err
	}
	return func(object *unstructured.Unstructured) (any, error) {
		data, err := object.MarshalJSON()
		if err != nil {
			return nil, err
		}
		for _, requirement := range failures {
			if requirement.Matches(fields(data)) {
				return "failed", nil
			}
		}
		for _, requirement := range successes {
			if !requirement.Matches(fields(data)) {
				return "waits", nil
			}
		}
		return "succeeded", nil
	}, nil
}

func requirements(condition string) (labels.Requirements, error) {
	selector, err := labels.Parse(condition)
	if err != nil {
		return nil, err
	}
	result, _ := selector.Requirements()
	return result, nil
}
