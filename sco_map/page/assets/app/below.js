// Made from web/ by make web; sources 47290126034be7a6143450b8a1706d16f4497af52df6e56ccd86ee7987cb3d64
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
