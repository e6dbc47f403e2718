// What the page's modules share: their own namespace and Leaflet.
declare var sco: any;
declare var L: any;
