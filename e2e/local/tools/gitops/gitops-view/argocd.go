package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"time"

	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	luajson "layeh.com/gopher-json"
	"sigs.k8s.io/yaml"
)

// The time after which Argo CD ends a script.
const timeLimit = time.Second

// The health statuses that a script may return.
var healthStatuses = []string{"Healthy", "Progressing", "Degraded", "Suspended"}

// The data of the ConfigMap argocd-cm.
type scripts map[string]string

// The format of an entry for actions.
type actions struct {
	Discovery   string   `json:"discovery.lua"`
	Definitions []action `json:"definitions"`
}

type action struct {
	Name   string `json:"name"`
	Script string `json:"action.lua"`
}

func readScripts(path string) (scripts, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var configMap struct {
		Data scripts `json:"data"`
	}
	err = yaml.Unmarshal(text, &configMap)
	return configMap.Data, err
}

// find returns the customization of a kind, such as resource.customizations.health.batch_Job.
func (s scripts) find(customization string, object *unstructured.Unstructured) (string, error) {
	kind := object.GroupVersionKind()
	key := fmt.Sprintf("resource.customizations.%s.%s_%s", customization, kind.Group, kind.Kind)
	script, found := s[key]
	if !found {
		return "", fmt.Errorf("the ConfigMap has no entry %s", key)
	}
	return script, nil
}

func (s scripts) health(object *unstructured.Unstructured) (any, error) {
	// Argo CD decides this before it runs a script.
	if object.GetDeletionTimestamp() != nil {
		return evaluation{object.GetName(), "Progressing", "Pending deletion"}, nil
	}
	script, err := s.find("health", object)
	if err != nil {
		return nil, err
	}
	var health struct{ Status, Message string }
	if err := runScript(script, object, &health); err != nil {
		return nil, err
	}
	if !slices.Contains(healthStatuses, health.Status) {
		return nil, fmt.Errorf("the script returned the invalid health status %q", health.Status)
	}
	return evaluation{object.GetName(), health.Status, health.Message}, nil
}

func (s scripts) actions(object *unstructured.Unstructured) (actions, error) {
	var found actions
	text, err := s.find("actions", object)
	if err != nil {
		return found, err
	}
	return found, yaml.UnmarshalStrict([]byte(text), &found)
}

func (s scripts) enabledActions(object *unstructured.Unstructured) (any, error) {
	found, err := s.actions(object)
	if err != nil {
		return nil, err
	}
	var discovered map[string]struct{ Disabled bool }
	if err := runScript(found.Discovery, object, &discovered); err != nil {
		return nil, err
	}
	enabled := []string{}
	for name, state := range discovered {
		if _, err := found.named(name); err != nil {
			return nil, err
		}
		if !state.Disabled {
			enabled = append(enabled, name)
		}
	}
	slices.Sort(enabled)
	return enabled, nil
}

func (s scripts) act(name string, object *unstructured.Unstructured) (any, error) {
	found, err := s.actions(object)
	if err != nil {
		return nil, err
	}
	definition, err := found.named(name)
	if err != nil {
		return nil, err
	}
	var changed map[string]any
	err = runScript(definition.Script, object, &changed)
	return changed, err
}

func (a actions) named(name string) (action, error) {
	for _, definition := range a.Definitions {
		if definition.Name == name {
			return definition, nil
		}
	}
	return action{}, fmt.Errorf("the action %s is not defined", name)
}

// runScript runs a script under the restrictions of Argo CD: with the basic functions, the library
// table, two functions of the library os, and a time limit. The object is the global variable obj.
func runScript(script string, object *unstructured.Unstructured, result any) error {
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	state.Push(state.NewFunction(lua.OpenPackage))
	state.Call(0, 0)
	state.Push(state.NewFunction(lua.OpenBase))
	state.Call(0, 0)
	state.Push(state.NewFunction(lua.OpenTable))
	state.Call(0, 0)
	state.PreloadModule(lua.OsLibName, loadClock)
	limit, cancel := context.WithTimeout(context.Background(), timeLimit)
	defer cancel()
	state.SetContext(limit)
	state.SetGlobal("obj", luajson.DecodeValue(state, withFloats(object.Object)))
	if err := state.DoString(script); err != nil {
		return err
	}
	value := state.Get(-1)
	if value.Type() != lua.LTTable {
		return fmt.Errorf("the script returned a value of type %s, not a table", value.Type())
	}
	data, err := luajson.Encode(value)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, result)
}

// loadClock loads the functions of the library os that require("os") provides.
func loadClock(state *lua.LState) int {
	lua.OpenOs(state)
	library := state.CheckTable(-1)
	state.Pop(1)
	state.SetGlobal(lua.OsLibName, lua.LNil)
	clock := state.NewTable()
	for _, name := range []string{"time", "date"} {
		clock.RawSetString(name, library.RawGetString(name))
	}
	state.Push(clock)
	return 1
}

// withFloats replaces integers, which the conversion to Lua does not support.
func withFloats(value any) any {
	switch converted := value.(type) {
	case int64:
		return float64(converted)
	case map[string]any:
		result := make(map[string]any, len(converted))
		for key, item := range converted {
			result[key] = withFloats(item)
		}
		return result
	case []any:
		result := make([]any, len(converted))
		for i, item := range converted {
			result[i] = withFloats(item)
		}
		return result
	}
	return value
}
