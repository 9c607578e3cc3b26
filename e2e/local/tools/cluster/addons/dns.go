package addons

import (
	"context"
	"errors"
	"log"
	"net"
	"time"

	"github.com/miekg/dns"
	"golang.org/x/sync/errgroup"
)

// A chain of aliases inside the cluster ends after this number of names.
const maxAliases = 8

// serveDNS answers on UDP and TCP until the context ends.
func serveDNS(ctx context.Context, address string, names *names, forwarder *forwarder) error {
	handler := &handler{names: names, forwarder: forwarder}
	group, ctx := errgroup.WithContext(ctx)
	for _, network := range []string{"udp", "tcp"} {
		server := &dns.Server{Addr: address, Net: network, Handler: handler}
		group.Go(server.ListenAndServe)
		context.AfterFunc(ctx, func() { _ = server.Shutdown() })
	}
	return group.Wait()
}

// handler answers names of the cluster itself and forwards all others.
type handler struct {
	names     *names
	forwarder *forwarder
}

func (h *handler) ServeDNS(writer dns.ResponseWriter, request *dns.Msg) {
	network := writer.RemoteAddr().Network()
	response := h.respond(request, network)
	size := dns.MinMsgSize
	if options := request.IsEdns0(); options != nil {
		size = max(size, int(options.UDPSize()))
		if response.IsEdns0() == nil {
			response.SetEdns0(dns.DefaultMsgSize, false)
		}
	}
	if network == "udp" {
		response.Truncate(size)
	}
	if err := writer.WriteMsg(response); err != nil {
		log.Printf("cannot answer %s: %v", writer.RemoteAddr(), err)
	}
}

func (h *handler) respond(request *dns.Msg, network string) *dns.Msg {
	if len(request.Question) != 1 || request.Opcode != dns.OpcodeQuery {
		return new(dns.Msg).SetRcode(request, dns.RcodeNotImplemented)
	}
	question := request.Question[0]
	inside := h.names.contains(question.Name)
	if inside && !h.names.synced() {
		return new(dns.Msg).SetRcode(request, dns.RcodeServerFailure)
	}
	if inside {
		return h.inside(request, network)
	}
	if found, known := h.names.reverse(question); known {
		return h.negativeIfEmpty(request, found)
	}
	return h.forwarder.forward(request, network)
}

// inside answers a question for a name of the cluster, and follows its aliases.
func (h *handler) inside(request *dns.Msg, network string) *dns.Msg {
	question := request.Question[0]
	found := h.names.lookup(question)
	response := h.negativeIfEmpty(request, found)
	for range maxAliases {
		if found.alias == "" || question.Qtype == dns.TypeCNAME {
			return response
		}
		question.Name = found.alias
		if !h.names.contains(question.Name) {
			target := new(dns.Msg)
			target.SetQuestion(question.Name, question.Qtype)
			outside := h.forwarder.forward(target, network)
			response.Rcode = outside.Rcode
			response.Answer = append(response.Answer, outside.Answer...)
			return response
		}
		found = h.names.lookup(question)
		response.Answer = append(response.Answer, found.records...)
	}
	return response
}

func (h *handler) negativeIfEmpty(request *dns.Msg, found answer) *dns.Msg {
	response := new(dns.Msg).SetReply(request)
	response.Authoritative = true
	response.RecursionAvailable = true
	response.Answer = found.records
	if !found.exists {
		response.Rcode = dns.RcodeNameError
	}
	if len(found.records) == 0 {
		response.Ns = []dns.RR{h.names.authority()}
	}
	return response
}

var errNoServer = errors.New("the host has no DNS server")

// forwarder asks the servers of the host. Their answers are not stored: the host's servers do that.
type forwarder struct {
	resolvConf string
	// The address of this server: a host that uses it must not be asked.
	self    string
	timeout time.Duration
}

func (f *forwarder) forward(request *dns.Msg, network string) *dns.Msg {
	response, err := f.exchange(request, network)
	if errors.Is(err, errNoServer) {
		return new(dns.Msg).SetRcode(request, dns.RcodeRefused)
	}
	if err != nil {
		log.Printf("%s: %v", request.Question[0].Name, err)
		return new(dns.Msg).SetRcode(request, dns.RcodeServerFailure)
	}
	response.Id = request.Id
	return response
}

func (f *forwarder) exchange(request *dns.Msg, network string) (*dns.Msg, error) {
	config, err := dns.ClientConfigFromFile(f.resolvConf)
	if err != nil {
		return nil, errNoServer
	}
	result := errNoServer
	client := &dns.Client{Net: network, Timeout: f.timeout, UDPSize: dns.DefaultMsgSize}
	for _, server := range config.Servers {
		address := net.JoinHostPort(server, config.Port)
		if address == f.self {
			continue
		}
		var response *dns.Msg
		if response, _, err = client.Exchange(request.Copy(), address); err == nil {
			return response, nil
		}
		result = err
	}
	return nil, result
}
