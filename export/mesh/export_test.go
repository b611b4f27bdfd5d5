package mesh

// SetMemory makes messages count as long that are longer than so many bytes.
func (c *Client) SetMemory(bytes int) { c.memory = bytes }
