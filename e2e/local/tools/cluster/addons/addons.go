// Package addons is what a cluster needs beside the programs of Kubernetes: a DNS server for the names of
// Services, and a provisioner of volumes that belong to one node.
package addons

import (
	"context"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

type options struct {
	kubeconfig string
	address    string
	domain     string
	resolvConf string
	volumes    string
}

// NewCommand returns the command that serves DNS and provisions volumes until it is interrupted.
func NewCommand() *cobra.Command {
	var options options
	command := &cobra.Command{
		Use:          "cluster-addons",
		Short:        "Serves the DNS of the cluster, and provisions volumes that belong to one node",
		SilenceUsage: true,
		RunE: func(command *cobra.Command, _ []string) error {
			return options.run(context.Background())
		},
	}
	flags := command.Flags()
	flags.StringVar(&options.kubeconfig, "kubeconfig", "", "file that describes how to reach the cluster")
	flags.StringVar(&options.address, "dns-address", "", "host:port on which DNS is served")
	flags.StringVar(&options.domain, "cluster-domain", "cluster.local", "domain of the names of Services and Pods")
	flags.StringVar(&options.resolvConf, "resolv-conf", "/etc/resolv.conf", "file with the servers for all other names; read for each query")
	flags.StringVar(&options.volumes, "volumes", "", "directory below which volumes are created")
	return command
}

func (o *options) run(ctx context.Context) error {
	config, err := clientcmd.BuildConfigFromFlags("", o.kubeconfig)
	if err != nil {
		return err
	}
	config.ContentType = "application/vnd.kubernetes.protobuf"
	config.QPS, config.Burst = 200, 400
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	names, err := newNames(o.domain, factory)
	if err != nil {
		return err
	}
	provisioner, err := newProvisioner(o.volumes, client, factory)
	if err != nil {
		return err
	}
	factory.Start(ctx.Done())
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		return serveDNS(ctx, o.address, names, &forwarder{resolvConf: o.resolvConf, self: o.address, timeout: 3 * time.Second})
	})
	group.Go(func() error { return provisioner.run(ctx) })
	return group.Wait()
}
