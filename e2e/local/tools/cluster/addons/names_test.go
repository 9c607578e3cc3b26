package addons

import (
	"slices"
	"strings"
	"testing"

	"github.com/miekg/dns"
	core "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
)

const notFound = "NXDOMAIN"

func TestLookup(t *testing.T) {
	names := clusterWithServices(t)
	for _, test := range []struct {
		kind, name string
		want       string // the data of the records, or notFound
	}{
		{"A", "web.shop.svc.cluster.local.", "10.96.0.10"},
		{"A", "WEB.Shop.svc.cluster.local.", "10.96.0.10"},
		{"AAAA", "web.shop.svc.cluster.local.", ""},
		{"A", "web.other.svc.cluster.local.", notFound},
		{"A", "web.cluster.local.", notFound},
		{"A", "svc.cluster.local.", ""},
		{"A", "shop.svc.cluster.local.", ""},
		{"A", "nothing.shop.svc.cluster.local.", notFound},
		{"SRV", "_http._tcp.web.shop.svc.cluster.local.", "0 100 80 web.shop.svc.cluster.local."},
		{"A", "_http._tcp.web.shop.svc.cluster.local.", ""},
		{"SRV", "_http._udp.web.shop.svc.cluster.local.", notFound},
		{"A", "db.shop.svc.cluster.local.", "10.88.1.5 10.88.1.6"},
		{"A", "db-0.db.shop.svc.cluster.local.", "10.88.1.5"},
		{"A", "10-88-1-6.db.shop.svc.cluster.local.", "10.88.1.6"},
		{"A", "db-2.db.shop.svc.cluster.local.", notFound},
		{"SRV", "_sql._tcp.db.shop.svc.cluster.local.", "0 100 5432 10-88-1-6.db.shop.svc.cluster.local. 0 100 5432 db-0.db.shop.svc.cluster.local."},
		{"A", "empty.shop.svc.cluster.local.", notFound},
		{"A", "mirror.shop.svc.cluster.local.", "proxy.golang.org."},
		{"A", "10-1-2-3.shop.pod.cluster.local.", "10.1.2.3"},
		{"A", "10-1-2-3.other.pod.cluster.local.", notFound},
		{"A", "pod-name.shop.pod.cluster.local.", notFound},
		{"TXT", "dns-version.cluster.local.", `"1.1.0"`},
	} {
		t.Run(test.kind+" "+test.name, func(t *testing.T) {
			found := names.lookup(dns.Question{Name: test.name, Qtype: dns.StringToType[test.kind], Qclass: dns.ClassINET})
			if got := describe(found); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestReverse(t *testing.T) {
	names := clusterWithServices(t)
	for name, want := range map[string]string{
		"10.0.96.10.in-addr.arpa.": "web.shop.svc.cluster.local.",
		"5.1.88.10.in-addr.arpa.":  "db-0.db.shop.svc.cluster.local.",
	} {
		found, known := names.reverse(dns.Question{Name: name, Qtype: dns.TypePTR, Qclass: dns.ClassINET})
		if got := describe(found); !known || got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"1.1.1.1.in-addr.arpa.", "in-addr.arpa.", "example.com."} {
		if _, known := names.reverse(dns.Question{Name: name, Qtype: dns.TypePTR}); known {
			t.Errorf("%s belongs to the cluster", name)
		}
	}
}

func describe(found answer) string {
	if !found.exists {
		return notFound
	}
	var data []string
	for _, record := range found.records {
		data = append(data, strings.TrimPrefix(record.String(), record.Header().String()))
	}
	slices.Sort(data)
	return strings.Join(data, " ")
}

func clusterWithServices(t *testing.T) *names {
	t.Helper()
	names, err := newNames("cluster.local", informers.NewSharedInformerFactory(nil, 0))
	if err != nil {
		t.Fatal(err)
	}
	add(t, names.namespaces, &core.Namespace{ObjectMeta: meta.ObjectMeta{Name: "shop"}})
	add(t, names.services,
		service("web", core.ServiceSpec{
			ClusterIP: "10.96.0.10", ClusterIPs: []string{"10.96.0.10"},
			Ports: []core.ServicePort{{Name: "http", Port: 80, Protocol: core.ProtocolTCP}},
		}),
		service("db", core.ServiceSpec{ClusterIP: core.ClusterIPNone, ClusterIPs: []string{core.ClusterIPNone}}),
		service("empty", core.ServiceSpec{ClusterIP: core.ClusterIPNone}),
		service("mirror", core.ServiceSpec{Type: core.ServiceTypeExternalName, ExternalName: "proxy.golang.org"}))
	add(t, names.slices, &discovery.EndpointSlice{
		ObjectMeta: meta.ObjectMeta{Namespace: "shop", Name: "db-1", Labels: map[string]string{discovery.LabelServiceName: "db"}},
		Ports:      []discovery.EndpointPort{{Name: new("sql"), Port: new(int32(5432)), Protocol: new(core.ProtocolTCP)}},
		Endpoints: []discovery.Endpoint{
			{Addresses: []string{"10.88.1.5"}, Hostname: new("db-0")},
			{Addresses: []string{"10.88.1.6"}, Conditions: discovery.EndpointConditions{Ready: new(true)}},
			{Addresses: []string{"10.88.1.7"}, Hostname: new("db-2"), Conditions: discovery.EndpointConditions{Ready: new(false)}},
		},
	})
	return names
}

func service(name string, spec core.ServiceSpec) *core.Service {
	return &core.Service{ObjectMeta: meta.ObjectMeta{Namespace: "shop", Name: name}, Spec: spec}
}

func add(t *testing.T, informer cache.SharedIndexInformer, objects ...any) {
	t.Helper()
	for _, object := range objects {
		if err := informer.GetIndexer().Add(object); err != nil {
			t.Fatal(err)
		}
	}
}
