// Made from web/ by make web; sources 8c8f1304193514ae6e4a82ed5b0c61f69f1ab3e0138e746562e49e40c3c14be9
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
