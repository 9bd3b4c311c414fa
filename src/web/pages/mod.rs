//! One struct per template: everything a page shows, prepared so that the template only puts it in place.
