// Package profile puts the rooms together in one data folder: records file, catalogue, screening, extracts and MESH, with
// one desk and one signed-in member of staff. Both programs work on what it gives them, so that they cannot differ.
//
// It must not know a window or a command line, and it holds no rule of its own.
package profile
