package mesh

// SetMemory makes messages count as long that are longer than so many bytes.
func (c *Client) SetMemory(bytes int) { c.memory = bytes }

// BeforeStep is asked before each step of a Folder that changes something; an error is where the program dies.
func (f *Folder) BeforeStep(ask func(step string) error) { f.step = ask }
