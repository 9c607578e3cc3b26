package addons

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/miekg/dns"
	core "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	"k8s.io/client-go/informers"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
)

// The names of Services live a few seconds in the caches of clients.
const ttl = 5

// Names of the indexes of the caches.
const (
	byAddress = "address"
	byService = "service"
)

// names answers questions for the names of Services and Pods as the DNS specification of Kubernetes
// (version 1.1) says, from caches of the API server's objects.
type names struct {
	domain     string // with a dot at the end
	services   cache.SharedIndexInformer
	slices     cache.SharedIndexInformer
	namespaces cache.SharedIndexInformer
	service    corelisters.ServiceLister
	namespace  corelisters.NamespaceLister
}

// answer is what is known of a name. A name that exists can have no record of the requested type.
type answer struct {
	exists  bool
	records []dns.RR
	// Another name, outside of the cluster or inside, whose records complete the answer.
	alias string
}

func newNames(domain string, factory informers.SharedInformerFactory) (*names, error) {
	services, namespaces := factory.Core().V1().Services(), factory.Core().V1().Namespaces()
	slices := factory.Discovery().V1().EndpointSlices()
	n := &names{
		domain:     dns.CanonicalName(domain),
		services:   services.Informer(),
		slices:     slices.Informer(),
		namespaces: namespaces.Informer(),
		service:    services.Lister(),
		namespace:  namespaces.Lister(),
	}
	if err := n.services.AddIndexers(cache.Indexers{byAddress: clusterIPs}); err != nil {
		return nil, err
	}
	return n, n.slices.AddIndexers(cache.Indexers{byAddress: endpointAddresses, byService: serviceOfSlice})
}

func clusterIPs(object any) ([]string, error) {
	if service, ok := object.(*core.Service); ok && !headless(service) {
		return service.Spec.ClusterIPs, nil
	}
	return nil, nil
}

func endpointAddresses(object any) ([]string, error) {
	var addresses []string
	if slice, ok := object.(*discovery.EndpointSlice); ok {
		for _, endpoint := range slice.Endpoints {
			addresses = append(addresses, endpoint.Addresses...)
		}
	}
	return addresses, nil
}

func serviceOfSlice(object any) ([]string, error) {
	if slice, ok := object.(*discovery.EndpointSlice); ok {
		return []string{slice.Namespace + "/" + slice.Labels[discovery.LabelServiceName]}, nil
	}
	return nil, nil
}

func headless(service *core.Service) bool {
	return service.Spec.ClusterIP == core.ClusterIPNone || service.Spec.ClusterIP == ""
}

// synced tells whether the caches contain the objects of the cluster.
func (n *names) synced() bool {
	return n.services.HasSynced() && n.slices.HasSynced() && n.namespaces.HasSynced()
}

// contains tells whether the name is below the domain of the cluster.
func (n *names) contains(name string) bool { return dns.IsSubDomain(n.domain, name) }

// lookup answers a question for a name below the domain of the cluster.
func (n *names) lookup(question dns.Question) answer {
	name := dns.CanonicalName(question.Name)
	labels := dns.SplitDomainName(strings.TrimSuffix(name, n.domain))
	switch count := len(labels); {
	case count == 0:
		return answer{exists: true}
	case count == 1 && labels[0] == "dns-version":
		return exactly(question, &dns.TXT{Hdr: header(question.Name, dns.TypeTXT), Txt: []string{"1.1.0"}})
	case labels[count-1] == "svc":
		return n.belowServices(question, labels[:count-1])
	case labels[count-1] == "pod":
		return n.belowPods(question, labels[:count-1])
	}
	return answer{}
}

// belowServices answers for [[_port._protocol | endpoint].service.]namespace.svc.
func (n *names) belowServices(question dns.Question, labels []string) answer {
	count := len(labels)
	if count == 0 {
		return answer{exists: true}
	}
	if _, err := n.namespace.Get(labels[count-1]); err != nil {
		return answer{}
	}
	if count == 1 {
		return answer{exists: true}
	}
	service, err := n.service.Services(labels[count-1]).Get(labels[count-2])
	if err != nil {
		return answer{}
	}
	switch {
	case count == 2 && service.Spec.Type == core.ServiceTypeExternalName:
		return alias(question, service.Spec.ExternalName)
	case count == 2:
		return n.addresses(question, service)
	case count == 3 && headless(service):
		return n.endpoint(question, service, labels[0])
	case count == 4 && strings.HasPrefix(labels[0], "_") && strings.HasPrefix(labels[1], "_"):
		return n.ports(question, service, labels[0][1:], labels[1][1:])
	}
	return answer{}
}

// belowPods answers for [address.]namespace.pod, whatever Pods exist.
func (n *names) belowPods(question dns.Question, labels []string) answer {
	count := len(labels)
	if count == 0 {
		return answer{exists: true}
	}
	if _, err := n.namespace.Get(labels[count-1]); err != nil || count > 2 {
		return answer{}
	}
	if count == 1 {
		return answer{exists: true}
	}
	for _, separator := range []string{".", ":"} {
		if address, err := netip.ParseAddr(strings.ReplaceAll(labels[0], "-", separator)); err == nil {
			return withAddresses(question, question.Name, []string{address.String()})
		}
	}
	return answer{}
}

func (n *names) addresses(question dns.Question, service *core.Service) answer {
	if !headless(service) {
		return withAddresses(question, question.Name, service.Spec.ClusterIPs)
	}
	var all []string
	n.eachEndpoint(service, func(_ *discovery.EndpointSlice, endpoint discovery.Endpoint) {
		all = append(all, endpoint.Addresses...)
	})
	if len(all) == 0 {
		// As other servers: the name of a Service without Pods does not exist.
		return answer{}
	}
	return withAddresses(question, question.Name, all)
}

func (n *names) endpoint(question dns.Question, service *core.Service, host string) answer {
	var found []string
	n.eachEndpoint(service, func(_ *discovery.EndpointSlice, endpoint discovery.Endpoint) {
		for _, address := range endpoint.Addresses {
			if hostname(endpoint, address) == host {
				found = append(found, address)
			}
		}
	})
	if len(found) == 0 {
		return answer{}
	}
	return withAddresses(question, question.Name, found)
}

func (n *names) ports(question dns.Question, service *core.Service, port, protocol string) answer {
	domain := strings.Join([]string{service.Name, service.Namespace, "svc", n.domain}, ".")
	result := answer{}
	add := func(number int32, target string) {
		result.exists = true
		if question.Qtype == dns.TypeSRV {
			result.records = append(result.records, &dns.SRV{
				Hdr: header(question.Name, dns.TypeSRV), Priority: 0, Weight: 100, Port: uint16(number), Target: target,
			})
		}
	}
	if !headless(service) {
		for _, candidate := range service.Spec.Ports {
			if candidate.Name == port && strings.EqualFold(string(candidate.Protocol), protocol) {
				add(candidate.Port, domain)
			}
		}
		return result
	}
	n.eachEndpoint(service, func(slice *discovery.EndpointSlice, endpoint discovery.Endpoint) {
		for _, candidate := range slice.Ports {
			if candidate.Name == nil || candidate.Port == nil || candidate.Protocol == nil ||
				*candidate.Name != port || !strings.EqualFold(string(*candidate.Protocol), protocol) {
				continue
			}
			for _, address := range endpoint.Addresses {
				add(*candidate.Port, hostname(endpoint, address)+"."+domain)
			}
		}
	})
	return result
}

// eachEndpoint visits the endpoints that are ready; a Service that publishes others too has them as ready.
func (n *names) eachEndpoint(service *core.Service, visit func(*discovery.EndpointSlice, discovery.Endpoint)) {
	objects, err := n.slices.GetIndexer().ByIndex(byService, service.Namespace+"/"+service.Name)
	if err != nil {
		return
	}
	for _, object := range objects {
		slice := object.(*discovery.EndpointSlice)
		for _, endpoint := range slice.Endpoints {
			if endpoint.Conditions.Ready == nil || *endpoint.Conditions.Ready {
				visit(slice, endpoint)
			}
		}
	}
}

// reverse answers a question for the name of an address; false if no object of the cluster has the address.
func (n *names) reverse(question dns.Question) (answer, bool) {
	address := dnsAddress(question.Name)
	if address == "" {
		return answer{}, false
	}
	var targets []string
	services, _ := n.services.GetIndexer().ByIndex(byAddress, address)
	for _, object := range services {
		service := object.(*core.Service)
		targets = append(targets, strings.Join([]string{service.Name, service.Namespace, "svc", n.domain}, "."))
	}
	slices, _ := n.slices.GetIndexer().ByIndex(byAddress, address)
	for _, object := range slices {
		slice := object.(*discovery.EndpointSlice)
		service, err := n.service.Services(slice.Namespace).Get(slice.Labels[discovery.LabelServiceName])
		if err != nil || !headless(service) {
			continue
		}
		for _, endpoint := range slice.Endpoints {
			for _, candidate := range endpoint.Addresses {
				if candidate == address {
					host := hostname(endpoint, address)
					targets = append(targets, strings.Join([]string{host, service.Name, service.Namespace, "svc", n.domain}, "."))
				}
			}
		}
	}
	if len(targets) == 0 {
		return answer{}, false
	}
	result := answer{exists: true}
	for _, target := range targets {
		if question.Qtype == dns.TypePTR {
			result.records = append(result.records, &dns.PTR{Hdr: header(question.Name, dns.TypePTR), Ptr: target})
		}
	}
	return result, true
}

// dnsAddress returns the address that a name below in-addr.arpa stands for, or an empty string.
func dnsAddress(name string) string {
	rest, found := strings.CutSuffix(dns.CanonicalName(name), ".in-addr.arpa.")
	labels := strings.Split(rest, ".")
	if !found || len(labels) != 4 {
		return ""
	}
	return strings.Join([]string{labels[3], labels[2], labels[1], labels[0]}, ".")
}

// hostname returns the label of an endpoint below the name of its Service.
func hostname(endpoint discovery.Endpoint, address string) string {
	if endpoint.Hostname != nil && *endpoint.Hostname != "" {
		return *endpoint.Hostname
	}
	return strings.NewReplacer(".", "-", ":", "-").Replace(address)
}

func alias(question dns.Question, target string) answer {
	target = dns.CanonicalName(target)
	record := &dns.CNAME{Hdr: header(question.Name, dns.TypeCNAME), Target: target}
	return answer{exists: true, records: []dns.RR{record}, alias: target}
}

func withAddresses(question dns.Question, name string, addresses []string) answer {
	result := answer{exists: true}
	for _, text := range addresses {
		address, err := netip.ParseAddr(text)
		if err != nil {
			continue
		}
		switch {
		case address.Is4() && question.Qtype == dns.TypeA:
			result.records = append(result.records, &dns.A{Hdr: header(name, dns.TypeA), A: address.AsSlice()})
		case address.Is6() && question.Qtype == dns.TypeAAAA:
			result.records = append(result.records, &dns.AAAA{Hdr: header(name, dns.TypeAAAA), AAAA: address.AsSlice()})
		}
	}
	return result
}

func exactly(question dns.Question, record dns.RR) answer {
	if question.Qtype != record.Header().Rrtype {
		return answer{exists: true}
	}
	return answer{exists: true, records: []dns.RR{record}}
}

func header(name string, kind uint16) dns.RR_Header {
	return dns.RR_Header{Name: name, Rrtype: kind, Class: dns.ClassINET, Ttl: ttl}
}

// authority returns the record that tells clients for how long a negative answer holds.
func (n *names) authority() dns.RR {
	return &dns.SOA{
		Hdr:     header(n.domain, dns.TypeSOA),
		Ns:      fmt.Sprintf("ns.dns.%s", n.domain),
		Mbox:    fmt.Sprintf("hostmaster.%s", n.domain),
		Serial:  1,
		Refresh: 7200,
		Retry:   1800,
		Expire:  86400,
		Minttl:  ttl,
	}
}
