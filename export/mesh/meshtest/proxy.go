package meshtest

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
)

// Cut is where a connection breaks, counted in bytes, so that the same cut is always at the same place.
type Cut struct {
	At    CutPoint
	Bytes int64
	Reset bool // the connection is reset; else it is closed
}

// CutPoint is what the bytes of a [Cut] are counted in.
type CutPoint int

const (
	Nowhere CutPoint = iota // the connection stays whole
	AtOnce                  // before anything is read
	InBody                  // after so many bytes of the request's body: with 0, before the first
	InReply                 // the server has the whole request and has answered; after so many bytes of its reply
)

// Proxy is a stretch of network between a client and a server of this computer: real connections that break where they
// are told to. A cut that lies behind the end of the body or the reply does not happen.
type Proxy struct {
	target   string
	next     func() Cut
	listener net.Listener

	mu     sync.Mutex
	open   map[net.Conn]bool
	closed bool
	done   sync.WaitGroup
}

// NewProxy listens on this computer for connections to the server of a URL. It asks next for the cut of each connection,
// in the order they come.
func NewProxy(serverURL string, next func() Cut) (*Proxy, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start proxy: %w", err)
	}
	_, target, _ := strings.Cut(serverURL, "://")
	p := &Proxy{target: target, next: next, listener: listener, open: map[net.Conn]bool{}}
	p.done.Add(1)
	go p.accept()
	return p, nil
}

// URL is the address for clients of a server without TLS.
func (p *Proxy) URL() string { return "http://" + p.listener.Addr().String() }

// Close breaks what is open and waits until all is over.
func (p *Proxy) Close() error {
	err := p.listener.Close()
	p.mu.Lock()
	p.closed = true
	for connection := range p.open {
		connection.Close()
	}
	p.mu.Unlock()
	p.done.Wait()
	return err
}

func (p *Proxy) accept() {
	defer p.done.Done()
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		cut := p.next()
		p.done.Add(1)
		go func() {
			defer p.done.Done()
			p.carry(client, cut)
		}()
	}
}

// carry brings one request to the server and the reply back, as far as the cut lets it.
func (p *Proxy) carry(client net.Conn, cut Cut) {
	if cut.At == AtOnce || !p.hold(client) {
		end(client, cut.Reset)
		return
	}
	defer p.drop(client)
	server, err := net.Dial("tcp", p.target)
	if err != nil || !p.hold(server) {
		return
	}
	defer p.drop(server)
	up, down := make(chan bool, 1), make(chan bool, 1)
	p.done.Add(2)
	go func() {
		defer p.done.Done()
		up <- forward(server, client, cut)
	}()
	go func() {
		defer p.done.Done()
		down <- backward(client, server, cut)
	}()
	isCut := false
	select {
	case isCut = <-up:
		if !isCut { // the request has gone; the reply is still to come
			isCut = <-down
		}
	case isCut = <-down:
	}
	end(client, isCut && cut.Reset)
	end(server, isCut && cut.Reset)
}

// forward carries the request and tells whether it came to the cut.
func forward(server io.Writer, client io.Reader, cut Cut) bool {
	in := bufio.NewReaderSize(client, 64<<10)
	for {
		line, err := in.ReadSlice('\n')
		if _, failed := server.Write(line); err != nil || failed != nil {
			return false
		}
		if strings.TrimSpace(string(line)) == "" { // the empty line that ends the headers
			break
		}
	}
	if cut.At != InBody {
		io.Copy(server, in) //nolint:errcheck // whoever is left notices
		return false
	}
	if _, err := io.CopyN(server, in, cut.Bytes); err != nil {
		return false
	}
	_, err := in.Peek(1) // a body that is over is not cut: the server is at work on it
	return err == nil
}

// backward carries the reply to its end, or tells that it came to the cut.
func backward(client io.Writer, server io.Reader, cut Cut) bool {
	in := bufio.NewReader(server)
	if _, err := in.Peek(1); err != nil || cut.At != InReply { // with the first byte the server has done its work
		io.Copy(client, in) //nolint:errcheck // whoever is left notices
		return false
	}
	if _, err := io.CopyN(client, in, cut.Bytes); err != nil {
		return false
	}
	_, err := in.Peek(1)
	return err == nil
}

func (p *Proxy) hold(connection net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		connection.Close()
		return false
	}
	p.open[connection] = true
	return true
}

func (p *Proxy) drop(connection net.Conn) {
	connection.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.open, connection)
}

func end(connection net.Conn, reset bool) {
	if tcp, ok := connection.(*net.TCPConn); ok && reset {
		tcp.SetLinger(0) //nolint:errcheck // then it is closed instead
	}
	connection.Close()
}
