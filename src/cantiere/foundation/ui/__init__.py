"""How Cantiere looks: layout, components, drawing, forms."""
