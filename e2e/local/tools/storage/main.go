// Command storage provides volumes that belong to one node: folders of this
// machine, with an affinity to the node that the scheduler chose for the claim's
// first Pod. The in-tree provisioner of host paths knows no such affinity.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

const name = "stagewright.dev/node-folder"

// folders makes volumes below a folder, one folder for each node.
type folders string

func (root folders) Provision(_ context.Context, wanted controller.ProvisionOptions) (*core.PersistentVolume, controller.ProvisioningState, error) {
	node := wanted.SelectedNodeName
	if node == "" {
		return nil, controller.ProvisioningFinished, errors.New("no node is selected; the class needs volumeBindingMode: WaitForFirstConsumer")
	}
	for _, mode := range wanted.PVC.Spec.AccessModes {
		if mode != core.ReadWriteOnce && mode != core.ReadWriteOncePod {
			return nil, controller.ProvisioningFinished, fmt.Errorf("%s: volumes of this class belong to one node; take class shared", mode)
		}
	}
	path := filepath.Join(string(root), node, wanted.PVName)
	if err := os.MkdirAll(path, 0o777); err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	// The umask has taken some away.
	if err := os.Chmod(path, 0o777); err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	return volume(wanted, path), controller.ProvisioningFinished, nil
}

func volume(wanted controller.ProvisionOptions, path string) *core.PersistentVolume {
	return &core.PersistentVolume{
		ObjectMeta: meta.ObjectMeta{Name: wanted.PVName},
		Spec: core.PersistentVolumeSpec{
			PersistentVolumeReclaimPolicy: *wanted.StorageClass.ReclaimPolicy,
			AccessModes:                   wanted.PVC.Spec.AccessModes,
			Capacity: core.ResourceList{
				core.ResourceStorage: wanted.PVC.Spec.Resources.Requests[core.ResourceStorage],
			},
			PersistentVolumeSource: core.PersistentVolumeSource{
				Local: &core.LocalVolumeSource{Path: path},
			},
			NodeAffinity: &core.VolumeNodeAffinity{Required: &core.NodeSelector{
				NodeSelectorTerms: []core.NodeSelectorTerm{{
					MatchExpressions: []core.NodeSelectorRequirement{{
						Key:      core.LabelHostname,
						Operator: core.NodeSelectorOpIn,
						Values:   []string{wanted.SelectedNodeName},
					}},
				}},
			}},
		},
	}
}

func (root folders) Delete(_ context.Context, volume *core.PersistentVolume) error {
	source := volume.Spec.Local
	if source == nil || filepath.Dir(filepath.Dir(source.Path)) != filepath.Clean(string(root)) {
		return &controller.IgnoredError{Reason: "its folder is not below " + string(root)}
	}
	return os.RemoveAll(source.Path)
}

func main() {
	kubeconfig := flag.String("kubeconfig", "", "how to reach the cluster")
	root := flag.String("root", "", "folder for the volumes")
	flag.Parse()
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	client := kubernetes.NewForConfigOrDie(config)
	ctx := context.Background()
	controller.NewProvisionController(ctx, client, name, folders(*root), controller.LeaderElection(false)).Run(ctx)
}
