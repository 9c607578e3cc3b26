package addons

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	core "k8s.io/api/core/v1"
	storage "k8s.io/api/storage/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcore "k8s.io/client-go/kubernetes/typed/core/v1"
	corelisters "k8s.io/client-go/listers/core/v1"
	storagelisters "k8s.io/client-go/listers/storage/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/util/workqueue"
)

const (
	provisionerName = "stagewright.dev/node-folder"

	provisionedBy = "pv.kubernetes.io/provisioned-by"
	selectedNode  = "volume.kubernetes.io/selected-node"
)

// request is a claim that may need a volume, or, without a namespace, a volume that may be deleted.
type request struct{ namespace, name string }

// provisioner makes volumes that belong to one node: directories of this machine, with an affinity to
// the node that the scheduler chose for the claim's first Pod. The provisioner of host paths in
// kube-controller-manager knows no such affinity.
type provisioner struct {
	root    string
	client  kubernetes.Interface
	claims  corelisters.PersistentVolumeClaimLister
	volumes corelisters.PersistentVolumeLister
	classes storagelisters.StorageClassLister
	synced  []cache.InformerSynced
	queue   workqueue.TypedRateLimitingInterface[request]
	events  record.EventRecorder
}

// refused is the reason why a claim never gets a volume from this provisioner.
type refused string

func (r refused) Error() string { return string(r) }

func newProvisioner(root string, client kubernetes.Interface, factory informers.SharedInformerFactory) (*provisioner, error) {
	claims, volumes := factory.Core().V1().PersistentVolumeClaims(), factory.Core().V1().PersistentVolumes()
	classes := factory.Storage().V1().StorageClasses()
	broadcaster := record.NewBroadcaster()
	broadcaster.StartRecordingToSink(&typedcore.EventSinkImpl{Interface: client.CoreV1().Events("")})
	p := &provisioner{
		root:    filepath.Clean(root),
		client:  client,
		claims:  claims.Lister(),
		volumes: volumes.Lister(),
		classes: classes.Lister(),
		synced:  []cache.InformerSynced{claims.Informer().HasSynced, volumes.Informer().HasSynced, classes.Informer().HasSynced},
		queue:   workqueue.NewTypedRateLimitingQueue(workqueue.DefaultTypedControllerRateLimiter[request]()),
		events:  broadcaster.NewRecorder(scheme.Scheme, core.EventSource{Component: provisionerName}),
	}
	handler := cache.ResourceEventHandlerFuncs{
		AddFunc:    p.enqueue,
		UpdateFunc: func(_, object any) { p.enqueue(object) },
	}
	for _, informer := range []cache.SharedIndexInformer{claims.Informer(), volumes.Informer()} {
		if _, err := informer.AddEventHandler(handler); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *provisioner) enqueue(object any) {
	if object, ok := object.(meta.Object); ok {
		p.queue.Add(request{object.GetNamespace(), object.GetName()})
	}
}

// run handles claims and volumes as soon as they change, until the context ends.
func (p *provisioner) run(ctx context.Context) error {
	if !cache.WaitForCacheSync(ctx.Done(), p.synced...) {
		return ctx.Err()
	}
	context.AfterFunc(ctx, p.queue.ShutDown)
	for {
		next, shutdown := p.queue.Get()
		if shutdown {
			return nil
		}
		if err := p.handle(ctx, next); err != nil {
			log.Printf("%s/%s: %v", next.namespace, next.name, err)
			p.queue.AddRateLimited(next)
		} else {
			p.queue.Forget(next)
		}
		p.queue.Done(next)
	}
}

func (p *provisioner) handle(ctx context.Context, next request) error {
	if next.namespace == "" {
		return p.reclaim(ctx, next.name)
	}
	claim, err := p.claims.PersistentVolumeClaims(next.namespace).Get(next.name)
	if apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return p.provision(ctx, claim)
}

// provision creates the volume of a claim whose first Pod has a node.
func (p *provisioner) provision(ctx context.Context, claim *core.PersistentVolumeClaim) error {
	node := claim.Annotations[selectedNode]
	if claim.Spec.VolumeName != "" || claim.DeletionTimestamp != nil || claim.Spec.StorageClassName == nil {
		return nil
	}
	class, err := p.classes.Get(*claim.Spec.StorageClassName)
	if apierrors.IsNotFound(err) || err == nil && class.Provisioner != provisionerName {
		return nil
	}
	if err != nil {
		return err
	}
	if node == "" && class.VolumeBindingMode != nil && *class.VolumeBindingMode == storage.VolumeBindingWaitForFirstConsumer {
		return nil
	}
	if err = p.create(ctx, claim, class, node); err != nil {
		p.events.Event(claim, core.EventTypeWarning, "ProvisioningFailed", err.Error())
	}
	if errors.As(err, new(refused)) {
		return nil
	}
	return err
}

func (p *provisioner) create(ctx context.Context, claim *core.PersistentVolumeClaim, class *storage.StorageClass, node string) error {
	if node == "" {
		return refused("no node is selected; the class needs volumeBindingMode: WaitForFirstConsumer")
	}
	for _, mode := range claim.Spec.AccessModes {
		if mode != core.ReadWriteOnce && mode != core.ReadWriteOncePod {
			return refused(fmt.Sprintf("%s: volumes of this class belong to one node; use class shared", mode))
		}
	}
	name := "pvc-" + string(claim.UID)
	path := filepath.Join(p.root, node, name)
	if err := os.MkdirAll(path, 0o777); err != nil {
		return err
	}
	// The umask can have removed permissions.
	if err := os.Chmod(path, 0o777); err != nil {
		return err
	}
	_, err := p.client.CoreV1().PersistentVolumes().Create(ctx, volume(name, path, node, claim, class), meta.CreateOptions{})
	if apierrors.IsAlreadyExists(err) {
		return nil
	}
	return err
}

func volume(name, path, node string, claim *core.PersistentVolumeClaim, class *storage.StorageClass) *core.PersistentVolume {
	policy := core.PersistentVolumeReclaimDelete
	if class.ReclaimPolicy != nil {
		policy = *class.ReclaimPolicy
	}
	return &core.PersistentVolume{
		ObjectMeta: meta.ObjectMeta{Name: name, Annotations: map[string]string{provisionedBy: provisionerName}},
		Spec: core.PersistentVolumeSpec{
			PersistentVolumeReclaimPolicy: policy,
			StorageClassName:              class.Name,
			AccessModes:                   claim.Spec.AccessModes,
			VolumeMode:                    claim.Spec.VolumeMode,
			Capacity:                      core.ResourceList{core.ResourceStorage: claim.Spec.Resources.Requests[core.ResourceStorage]},
			PersistentVolumeSource:        core.PersistentVolumeSource{Local: &core.LocalVolumeSource{Path: path}},
			ClaimRef: &core.ObjectReference{
				APIVersion: "v1", Kind: "PersistentVolumeClaim",
				Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID,
			},
			NodeAffinity: &core.VolumeNodeAffinity{Required: &core.NodeSelector{
				NodeSelectorTerms: []core.NodeSelectorTerm{{
					MatchExpressions: []core.NodeSelectorRequirement{{
						Key: core.LabelHostname, Operator: core.NodeSelectorOpIn, Values: []string{node},
					}},
				}},
			}},
		},
	}
}

// reclaim deletes a volume whose claim was deleted.
func (p *provisioner) reclaim(ctx context.Context, name string) error {
	volume, err := p.volumes.Get(name)
	if apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	source := volume.Spec.Local
	if volume.Annotations[provisionedBy] != provisionerName || volume.DeletionTimestamp != nil || source == nil ||
		volume.Status.Phase != core.VolumeReleased ||
		volume.Spec.PersistentVolumeReclaimPolicy != core.PersistentVolumeReclaimDelete {
		return nil
	}
	if filepath.Dir(filepath.Dir(source.Path)) != p.root {
		return nil
	}
	if err := os.RemoveAll(source.Path); err != nil {
		return err
	}
	err = p.client.CoreV1().PersistentVolumes().Delete(ctx, name, meta.DeleteOptions{})
	if apierrors.IsNotFound(err) {
		return nil
	}
	return err
}
